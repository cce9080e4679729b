function validate(order) {
  const errors = [];
  if (!order.id) errors.push(new TypeError('no id'));
  if (!order.items) errors.push(new RangeError('no items'));
  if (errors.length) throw new AggregateError(errors, 'order is invalid');
}

validate({});
