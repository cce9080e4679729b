import broken

broken.run()
