queueMicrotask(function drain() {
  const job = [].pop();
  job();
});
