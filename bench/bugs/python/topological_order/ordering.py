class CycleError(Exception):
    pass


def build_order(needs):
    """All tasks in an order in which each comes after what it needs; ties by name.

    `needs` maps a task to the tasks that it needs; a task that is only needed has no needs itself. Raises
    `CycleError` where tasks need each other in a circle.
    """
    order = []
    done = set()
    active = set()

    def visit(task):
        if task in done:
            return
        if task in active:
            raise CycleError(task)
        active.add(task)
        for need in sorted(needs.get(task, ())):
            visit(need)
        order.append(task)

    for task in sorted(needs):
        visit(task)
    return order
