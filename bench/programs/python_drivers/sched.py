import time

import own_sched as m

s = m.scheduler(time.monotonic, time.sleep)
out = []
s.enter(0.01, 2, out.append, ("b",))
s.enter(0, 1, out.append, ("a",))
print(len(s.queue))
s.run()
print(out, s.empty())
