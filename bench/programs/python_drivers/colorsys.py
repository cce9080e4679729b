import own_colorsys as m

for f in (m.rgb_to_hls, m.rgb_to_hsv, m.rgb_to_yiq):
    print([round(x, 4) for x in f(0.2, 0.4, 0.9)])
print([round(x, 4) for x in m.hls_to_rgb(0.6, 0.5, 0.3)], [round(x, 4) for x in m.hsv_to_rgb(0.1, 0.5, 0.8)])
