#!/usr/bin/env bash
# Unpacks ONNX Runtime's natives for Linux x86-64 once, and copies lib/ with a jar that holds none.
# The TaskManagers then take -Donnxruntime.native.path=.../onnxruntime.
set -euo pipefail

if [ $# != 3 ] || ! [[ $1 =~ ^(cpu|cuda)$ ]]; then
    echo "Usage: unpack-natives.sh cpu|cuda FLINK_LIB OUT    (writes OUT/onnxruntime and OUT/lib)" >&2
    exit 2
fi
processor=$1
flink_lib=$(cd "$2" && pwd)
jar=$(echo "$flink_lib"/onnxruntime_gpu-*.jar)
[ -f "$jar" ] || { echo "unpack-natives: no onnxruntime_gpu jar in $2: build with mvn package first" >&2; exit 2; }
mkdir -p "$3/onnxruntime" "$3/lib"
out=$(cd "$3" && pwd)
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT

(cd "$unpacked" && jar --extract --file "$jar")
natives=$unpacked/ai/onnxruntime/native
mv "$natives"/linux-x64/*.so "$out/onnxruntime/"
if [ "$processor" = cpu ]; then
    rm "$out"/onnxruntime/*_cuda.so "$out"/onnxruntime/*_tensorrt.so
fi
rm -r "$natives"

for library in "$flink_lib"/*.jar; do
    [ "$library" = "$jar" ] || cp "$library" "$out/lib/"
done
manifest=$unpacked/META-INF/MANIFEST.MF
if [ -f "$manifest" ]; then
    mv "$manifest" "$unpacked.manifest"
    jar --create --file "$out/lib/$(basename "$jar")" --manifest "$unpacked.manifest" -C "$unpacked" .
    rm "$unpacked.manifest"
else
    jar --create --file "$out/lib/$(basename "$jar")" -C "$unpacked" .
fi
