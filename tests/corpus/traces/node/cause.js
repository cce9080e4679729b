function connect() {
  throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
}

function start() {
  try {
    connect();
  } catch (error) {
    throw new Error('the store did not start', { cause: error });
  }
}

start();
