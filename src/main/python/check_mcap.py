"""Reads a recording with the MCAP project's own reader: what is in it, whether each message parses by the schema in the
file, and whether reading from a time on gives what was captured from then on.

    pip install "mcap>=1.6" mcap-protobuf-support
    python check_mcap.py recording.mcap
"""

import os
import sys
from collections import Counter

from mcap.reader import make_reader
from mcap_protobuf.decoder import DecoderFactory


def times(path, start=None):
    """The topic and log time of each message, decoded, from a time on."""
    with open(path, "rb") as file:
        reader = make_reader(file, decoder_factories=[DecoderFactory()])
        for schema, channel, message, decoded in reader.iter_decoded_messages(starting_at=start):
            if decoded.DESCRIPTOR.full_name != schema.name:
                raise SystemExit(f"{channel.topic}: {decoded.DESCRIPTOR.full_name} is not {schema.name}")
            yield channel.topic, message.log_time


def main(path):
    with open(path, "rb") as file:
        reader = make_reader(file)
        summary = reader.get_summary()
        header = reader.get_header()
    statistics = summary.statistics
    print(f"{path}: {os.path.getsize(path):,} bytes, library {header.library!r}")
    print(f"{statistics.message_count} messages in {statistics.chunk_count} chunks, "
          f"{(statistics.message_end_time - statistics.message_start_time) / 1e9:.3f} s")
    for channel_id, channel in sorted(summary.channels.items(), key=lambda item: item[1].topic):
        count = statistics.channel_message_counts.get(channel_id, 0)
        print(f"{count:8}  {channel.topic}  {summary.schemas[channel.schema_id].name} ({channel.message_encoding})")

    every = list(times(path))
    counts = Counter(topic for topic, _ in every)
    for channel_id, channel in summary.channels.items():
        if counts[channel.topic] != statistics.channel_message_counts.get(channel_id, 0):
            raise SystemExit(f"{channel.topic}: {counts[channel.topic]} messages read, other number in the statistics")
    print(f"{len(every)} messages parse by their schemas")

    middle = (statistics.message_start_time + statistics.message_end_time) // 2
    found = list(times(path, middle))
    expected = [entry for entry in every if entry[1] >= middle]
    if Counter(found) != Counter(expected):
        raise SystemExit(f"from the middle on {len(found)} messages, not {len(expected)}")
    print(f"from {middle / 1e9:.3f} s on: {len(found)} messages, as captured from then on")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
