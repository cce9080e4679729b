process.on('unhandledRejection', (reason) => {
  console.error('Unhandled rejection:', reason.stack);
  process.exit(1);
});

async function pay(order) {
  return order.total.toFixed(2);
}

pay({});
