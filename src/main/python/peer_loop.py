"""Lifts frames from Kafka to Kafka in a plain loop: what one would write without Liftstream.

`liftstream bench` starts one process for each thread of the job, gives each its share of the partitions, and compares.
It reads CameraFrame messages, runs the network on each picture, makes the depth map and the cloud of it, and sends a
DepthEstimationResult. It does not order frames, resume, reject or shed.

Each line of standard input, "FRAMES DEPTH_TOPIC", is one run over the partitions; each is answered by one line of JSON.

Needs confluent-kafka, opencv-python-headless, onnxruntime, numpy and protobuf.
"""

import argparse
import json
import resource
import sys
import time

import cv2
import numpy as np
import onnxruntime
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

BEGIN, END = 0.2, 0.9  # of the frames: the steady middle that is measured
LARGEST_MESSAGE = 32 << 20


def messages(schema_file):
    """The message classes of a FileDescriptorSet."""
    files = descriptor_pb2.FileDescriptorSet()
    with open(schema_file, "rb") as file:
        files.ParseFromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)

    def message(name):
        return message_factory.GetMessageClass(pool.FindMessageTypeByName("liftstream.v1." + name))

    return message("CameraFrame"), message("DepthEstimationResult")


class Network:
    """A depth network, its input and its output."""

    def __init__(self, options):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        settings.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(options.model, settings, providers=[options.provider])
        self.input = self.session.get_inputs()[0].name
        self.size = (options.width, options.height)
        mean, std = (np.float32(text.split(",")) for text in (options.mean, options.std))
        # (v / 255 - mean) / std as one multiplication and one addition.
        self.factor = (1 / (255 * std)).reshape(3, 1, 1)
        self.offset = (-mean / std).reshape(3, 1, 1)

    def depth(self, rgb):
        """The network's output at the picture's size."""
        small = cv2.resize(rgb, self.size, interpolation=cv2.INTER_AREA)
        planes = small.transpose(2, 0, 1) * self.factor + self.offset
        output = self.session.run(None, {self.input: planes[None]})[0]
        height, width = rgb.shape[:2]
        return cv2.resize(output.reshape(output.shape[-2:]), (width, height), interpolation=cv2.INTER_CUBIC)


class Cloud:
    """Points of pictures of one size, as x, y, z and colour."""

    POINT = np.dtype([("xyz", "<f4", 3), ("rgba", "u1", 4)])

    def __init__(self, options):
        self.options = options
        self.rays = None

    def points(self, metres, rgb):
        if self.rays is None or self.rays.shape[:2] != metres.shape:
            self.rays = self._rays(*metres.shape)
        kept = (metres > 0) & (metres < self.options.depth_trunc)
        cloud = np.empty(np.count_nonzero(kept), self.POINT)
        cloud["xyz"] = (self.rays * metres[..., None])[kept]
        cloud["rgba"][:, :3] = rgb[kept]
        cloud["rgba"][:, 3] = 255
        return cloud.tobytes()

    def _rays(self, height, width):
        focal = 525 / 800 * np.hypot(width, height)
        columns = (np.arange(width) - (width - 1) / 2) / focal
        rows = (np.arange(height) - (height - 1) / 2) / focal
        x, y = np.meshgrid(columns, rows)
        return np.stack([x, y, np.ones_like(x)], axis=-1).astype(np.float32)


class Loop:
    """Reads frames, lifts them and sends the results."""

    def __init__(self, options):
        self.options = options
        self.frame_type, self.result_type = messages(options.schema)
        self.network = Network(options)
        self.cloud = Cloud(options)

    def metres(self, depth, low, high):
        if self.options.mapping == "metric":
            return depth
        nearness = (depth - low) / max(high - low, 1e-9)
        far = np.float32(self.options.depth_trunc)
        return far / (nearness * np.float32(self.options.depth_trunc / self.options.near - 1) + np.float32(1))

    def lift(self, value):
        frame = self.frame_type.FromString(value)
        picture = np.frombuffer(frame.command.image_bytes, np.uint8)
        rgb = cv2.cvtColor(cv2.imdecode(picture, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        depth = self.network.depth(rgb)
        low, high = depth.min(), depth.max()
        result = self.result_type(
            camera_id=frame.camera_id,
            capture_time=frame.capture_time,
            sequence=frame.sequence,
            width=rgb.shape[1],
            height=rgb.shape[0],
            min_depth=low,
            max_depth=high,
        )
        if self.options.depth_map:
            self._set(result.depth_map, rgb, encoding=1, data=depth.tobytes())
        if self.options.depth_image:
            levels = ((depth - low) * np.float32(65535 / max(high - low, 1e-9))).astype("<u2")
            raw = self.options.depth_image == "raw"
            data = levels.tobytes() if raw else cv2.imencode(".png", levels)[1].tobytes()
            self._set(result.depth_image, rgb, encoding="mono16", data=data)
            result.depth_image.format = 2 if raw else 1
        if self.options.point_cloud:
            result.point_cloud.point_stride = Cloud.POINT.itemsize
            result.point_cloud.data = self.cloud.points(self.metres(depth, low, high), rgb)
        return frame.camera_id, result.SerializeToString()

    @staticmethod
    def _set(part, rgb, encoding, data):
        part.height, part.width = rgb.shape[:2]
        part.encoding = encoding
        part.data = data

    def run(self, frames, topic):
        """Lifts all partitions of this process once; what was measured."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.options.bootstrap,
                "group.id": "peer-loop",
                "enable.auto.commit": False,
                "fetch.message.max.bytes": 16 << 20,
            }
        )
        partitions = [int(number) for number in self.options.partitions.split(",")]
        consumer.assign([TopicPartition(self.options.frames_topic, number, OFFSET_BEGINNING) for number in partitions])
        producer = Producer(
            {
                "bootstrap.servers": self.options.bootstrap,
                "message.max.bytes": LARGEST_MESSAGE,
                "queue.buffering.max.kbytes": 256 << 10,
                "linger.ms": 0,
                "acks": "all",
            }
        )
        measured = self._measured(frames, topic, consumer, producer)
        consumer.close()
        return measured

    def _measured(self, frames, topic, consumer, producer):
        failures = []

        def delivered(error, _):
            if error is not None:
                failures.append(error)

        bytes_in = bytes_out = done = 0
        marks = {}
        start = (time.perf_counter(), time.process_time())
        while done < frames:
            record = consumer.poll(10)
            if record is None or record.error():
                raise RuntimeError(f"no frame after {done} of {frames}: {record and record.error()}")
            camera, value = self.lift(record.value())
            self._send(producer, topic, camera, value, delivered)
            bytes_in += len(record.value())
            bytes_out += len(value)
            done += 1
            marks[done] = (time.perf_counter(), time.process_time())
        producer.flush()
        if failures:
            raise RuntimeError(f"{len(failures)} results were not delivered: {failures[0]}")
        begin, end = int(BEGIN * frames), int(END * frames)
        (from_time, from_cpu), (to_time, to_cpu) = marks[begin], marks[end]
        return {
            "frames": end - begin,
            "seconds": to_time - from_time,
            "cpu_millis": 1000 * (to_cpu - from_cpu) / (end - begin),
            "bytes_in": bytes_in / frames,
            "bytes_out": bytes_out / frames,
            "start_seconds": marks[1][0] - start[0],
            "start_cpu_seconds": marks[1][1] - start[1],
            "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10,
        }

    @staticmethod
    def _send(producer, topic, camera, value, delivered):
        while True:
            try:
                producer.produce(topic, value, camera, on_delivery=delivered)
                producer.poll(0)
                return
            except BufferError:
                producer.poll(0.1)


def parsed_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap", required=True, help="Kafka's host:port")
    parser.add_argument("--frames-topic", required=True)
    parser.add_argument("--partitions", required=True, help="those of this process, separated by commas")
    parser.add_argument("--schema", required=True, help="a file with a FileDescriptorSet of the messages")
    parser.add_argument("--model", required=True, help="an ONNX file")
    parser.add_argument("--width", type=int, required=True, help="of the network's input, pixels")
    parser.add_argument("--height", type=int, required=True, help="of the network's input, pixels")
    parser.add_argument("--mean", required=True, help="of red, green and blue, separated by commas")
    parser.add_argument("--std", required=True, help="of red, green and blue, separated by commas")
    parser.add_argument("--provider", default="CPUExecutionProvider")
    parser.add_argument("--mapping", choices=["inverse", "metric"], default="inverse")
    parser.add_argument("--near", type=float, default=0.5, help="metres at the largest output")
    parser.add_argument("--depth-trunc", type=float, default=10, help="metres at the least output; none beyond")
    parser.add_argument("--depth-map", action="store_true")
    parser.add_argument("--depth-image", choices=["png", "raw"])
    parser.add_argument("--point-cloud", action="store_true")
    return parser.parse_args()


def main():
    cv2.setNumThreads(1)  # One process for each thread of the job.
    loop = Loop(parsed_options())
    print("READY", flush=True)
    for line in sys.stdin:
        frames, topic = line.split()
        print("MEASURED " + json.dumps(loop.run(int(frames), topic)), flush=True)


if __name__ == "__main__":
    main()
