import threading


def work(queue):
    queue.push(1)


thread = threading.Thread(target=work, args=([],), name="feeder")
thread.start()
thread.join()
