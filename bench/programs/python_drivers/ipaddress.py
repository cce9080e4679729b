import own_ipaddress as m

n = m.ip_network("10.0.0.0/29")
print([str(h) for h in n.hosts()][:3], n.num_addresses, m.ip_address("::1").is_loopback)
print(list(map(str, n.subnets(1))), m.ip_address("10.0.0.9") in n, m.IPv6Address("2001:db8::1").exploded)
