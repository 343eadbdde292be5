"""The other side of the shelf's tests: public Python packages read what our simulators write, and write what we read.

bci                frames in hex, one a line; prints `percent pulse unplugged noFinger searching noSignal` (berry-oximeter)
tag                frames in hex, one a line; prints `version number right` (rdm6300)
numbers SEED COUNT resident numbers, right and wrong ones, with `1` or `0` behind a tab (id-validator)
receipt            commands of a slip, one a line with its parameters; prints its bytes in hex (python-escpos)
answers            `online` or `paper` and what a printer answers, in hex; prints the question and the state (python-escpos)
gatt               `2a35 <hex>`, one a line; prints the fields (labmcp-ble-health)

A value that is absent is `-`. Numbers of `gatt` are in millionths, so that no rounding hides in them.
"""

import contextlib
import random
import sys
from decimal import ROUND_HALF_UP, Decimal


def bci(lines):
    from berry_oximeter.parser import BCIProtocolParser

    for line in lines:
        (said,) = BCIProtocolParser().add_data(bytes.fromhex(line))
        values = ["-" if value is None else str(value) for value in (said.spo2, said.pulse_rate)]
        marks = [said.probe_unplugged, said.no_finger, said.pulse_searching, said.no_signal]
        print(" ".join(values + [str(int(mark)) for mark in marks]))


def tag(lines):
    from rdm6300.reader import BaseReader

    for line in lines:
        frame = bytes.fromhex(line)
        assert frame[0] == 2 and frame[-1] == 3
        try:
            card = BaseReader._parse_fragment([int(chr(byte), 16) for byte in frame[1:-1]])
            print(card.type, card.value, int(card.is_valid))
        except ValueError:
            print("-")


def numbers(seed, count):
    from id_validator import validator

    random.seed(int(seed))
    for _ in range(int(count)):
        number = validator.fake_id()
        if random.random() < 0.5:
            place = random.randrange(14, 18)
            number = number[:place] + random.choice("0123456789" + ("X" if place == 17 else "")) + number[place + 1 :]
        print(f"{number}\t{int(bool(validator.is_valid(number)))}")


def receipt(lines):
    from escpos.printer import Dummy
    from PIL import Image, ImageOps

    def picture(width, dots):
        rows = bytes.fromhex(dots)
        black = Image.frombytes("1", (int(width) * 8, len(rows) // int(width)), rows)
        # It prints for every picture that it cannot be centred.
        with contextlib.redirect_stdout(None):
            printer.image(ImageOps.invert(black.convert("L")), impl="bitImageRaster")

    def big(size):
        printer.set(custom_size=True, width=int(size), height=int(size))

    commands = {
        "reset": lambda: printer.hw("INIT"),
        "align": lambda side: printer.set(align=side),
        "bold": lambda state: printer.set(bold=state == "on"),
        "big": big,
        "feed": lambda count: printer.print_and_feed(int(count)),
        "cut": lambda: printer.cut(mode="FULL"),
        "qr": lambda data: printer.qr(data, size=6, native=True, ec=1),
        "picture": picture,
    }
    for line in lines:
        printer = Dummy()
        command, *parameters = line.split(" ")
        commands[command](*parameters)
        print(printer.output.hex())


def answers(lines):
    from escpos.printer import Dummy

    class Answering(Dummy):
        """A printer that gives the bytes of one line, and remembers what it was asked."""

        def _read(self):
            return answer

    for line in lines:
        question, *said = line.split(" ")
        answer = bytes.fromhex("".join(said))
        printer = Answering()
        state = int(printer.is_online()) if question == "online" else printer.paper_status()
        print(printer.output.hex(), state)


def micro(value):
    if value is None:
        return "-"
    if value.special:
        return value.special
    return str(int((Decimal(str(value.value)) * 1_000_000).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def text(value):
    return "-" if value is None else str(value)


def gatt(lines):
    from labmcp_ble_health import driver

    for line in lines:
        kind, hexadecimal = line.split()
        data = bytes.fromhex(hexadecimal)
        if kind == "2a35":
            said = driver.parse_blood_pressure_measurement(data)
            parts = [said.unit, micro(said.systolic), micro(said.diastolic), micro(said.mean_arterial)]
            parts += [text(said.timestamp), micro(said.pulse_rate_bpm), text(said.user_id)]
            parts += [str(int("body_movement_detected" in said.status)), str(int("irregular_pulse_detected" in said.status))]
        elif kind == "2a37":
            said = driver.parse_heart_rate_measurement(data)
            contact = "-" if said.sensor_contact is None else str(int(said.sensor_contact))
            beats = ",".join(str(round(interval * 1024)) for interval in said.rr_intervals_s) or "-"
            parts = [str(said.bpm), contact, text(said.energy_expended_kj), beats]
        elif kind == "2a5e":
            said = driver.parse_plx_spot_check(data)
            parts = [micro(said.spo2_pct), micro(said.pulse_rate_bpm), text(said.timestamp)]
            parts += [micro(said.pulse_amplitude_index_pct), str(int(said.device_clock_not_set))]
        elif kind == "2a5f":
            said = driver.parse_plx_continuous(data)
            parts = [micro(said.spo2_pct), micro(said.pulse_rate_bpm), micro(said.spo2_fast_pct)]
            parts += [micro(said.spo2_slow_pct), micro(said.pulse_amplitude_index_pct)]
        elif kind == "2a1c":
            said = driver.parse_temperature_measurement(data)
            parts = [said.unit, micro(said.value), text(said.timestamp)]
        else:
            said = driver.parse_weight_measurement(data)
            weight = "-" if said.weight is None else str(round(said.weight * 1000))
            parts = [said.unit, weight, text(said.timestamp), text(said.user_id)]
        print(" ".join(parts))


if __name__ == "__main__":
    work = {"bci": bci, "tag": tag, "gatt": gatt, "receipt": receipt, "answers": answers}
    if sys.argv[1] in work:
        work[sys.argv[1]](line.strip() for line in sys.stdin)
    else:
        numbers(sys.argv[2], sys.argv[3])
