from collections import OrderedDictt

print(OrderedDictt)
