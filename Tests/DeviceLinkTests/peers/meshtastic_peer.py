"""The other side of the Meshtastic test: the public Python package meshtastic 2.7.11 writes and reads the same frames.

write SEED COUNT   one line a packet: the frame in hex, a tab, what it says
read               frames in hex on standard input, one a line; prints what each says

What a packet says is written `health 433d1f2a 72 97 36.50`, `position 433d1f2a 399087000 1163975000`,
`alert 433d1f2a SOS`, `battery 433d1f2a 87`; a value that is absent is `-`.
"""

import random
import sys

from meshtastic.protobuf import mesh_pb2, telemetry_pb2


def framed(message):
    body = message.SerializeToString()
    return b"\x94\xc3" + len(body).to_bytes(2, "big") + body


def packet(chance, port, payload, node):
    message = mesh_pb2.FromRadio()
    message.id = chance.randrange(1, 2**32)
    inner = message.packet
    setattr(inner, "from", node)
    inner.to = 0xFFFFFFFF
    inner.decoded.portnum = port
    inner.decoded.payload = payload
    inner.decoded.bitfield = chance.randrange(4)
    inner.id = chance.randrange(1, 2**32)
    inner.rx_time = chance.randrange(2**31)
    inner.rx_snr = chance.uniform(-20, 10)
    inner.rx_rssi = -chance.randrange(1, 130)
    inner.hop_limit = chance.randrange(8)
    inner.relay_node = chance.randrange(256)
    return framed(message)


def one(chance):
    node = chance.randrange(1, 2**32)
    kind = chance.choice(["health", "position", "alert", "battery"])
    name = f"{node:08x}"
    if kind == "alert":
        text = chance.choice(["SOS", "help", "SOS 3号"])
        return packet(chance, 11, text.encode(), node), f"alert {name} {text}"
    if kind == "position":
        latitude, longitude = chance.randrange(1, 900_000_000), chance.randrange(-1_800_000_000, 1_800_000_000)
        place = mesh_pb2.Position(latitude_i=latitude, longitude_i=longitude, altitude=chance.randrange(-100, 4000))
        return packet(chance, 3, place.SerializeToString(), node), f"position {name} {latitude} {longitude}"
    telemetry = telemetry_pb2.Telemetry(time=chance.randrange(2**31))
    if kind == "battery":
        level = chance.randrange(1, 101)
        telemetry.device_metrics.battery_level = level
        telemetry.device_metrics.voltage = chance.uniform(3, 4.2)
        return packet(chance, 67, telemetry.SerializeToString(), node), f"battery {name} {level}"
    rate, percent, celsius = chance.randrange(20, 251), chance.randrange(50, 101), chance.randrange(3000, 4501)
    telemetry.health_metrics.heart_bpm = rate
    telemetry.health_metrics.spO2 = percent
    telemetry.health_metrics.temperature = celsius / 100
    return packet(chance, 67, telemetry.SerializeToString(), node), f"health {name} {rate} {percent} {celsius / 100:.2f}"


def said(frame):
    message = mesh_pb2.FromRadio()
    message.ParseFromString(frame[4:])
    inner = message.packet
    name, port, payload = f"{getattr(inner, 'from'):08x}", inner.decoded.portnum, inner.decoded.payload
    if port == 11:
        return f"alert {name} {payload.decode()}"
    if port == 3:
        place = mesh_pb2.Position.FromString(payload)
        return f"position {name} {place.latitude_i} {place.longitude_i}"
    telemetry = telemetry_pb2.Telemetry.FromString(payload)
    if telemetry.HasField("device_metrics"):
        return f"battery {name} {telemetry.device_metrics.battery_level}"
    health = telemetry.health_metrics
    values = [
        str(health.heart_bpm) if health.HasField("heart_bpm") else "-",
        str(health.spO2) if health.HasField("spO2") else "-",
        f"{health.temperature:.2f}" if health.HasField("temperature") else "-",
    ]
    return " ".join(["health", name] + values)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        source = random.Random(int(sys.argv[2]))
        for _ in range(int(sys.argv[3])):
            frame, words = one(source)
            print(f"{frame.hex()}\t{words}")
    else:
        for line in sys.stdin:
            print(said(bytes.fromhex(line.strip())))
