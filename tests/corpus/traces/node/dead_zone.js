function start() {
  console.log(port);
  const port = 80;
}

start();
