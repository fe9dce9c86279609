#!/usr/bin/env bash
# What the GPU of this machine does: its device, driver and libraries; its numbers against the CPU's; its bare rate by batch size;
# the rate of the whole job with one slot and with several. Everything is JSON, one object a line, on standard output.
#
#   deploy/gpu-check.sh [MODEL...]        a catalogue name or an .onnx file; liftstream-tiny if none is given
#
# PROVIDERS="cuda tensorrt"   what is tried; one that does not load is told of and passed over
# BATCHES=1,2,4,8,16,32       batch sizes of the bare rate
# TOLERANCE=0.001             relative L2 distance from the CPU that is still equal; 0.01 for a float16 network
# SLOTS="1 2 4 8"             parallelisms of the job
# FRAMES=1200                 frames of each run of the job
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
liftstream=$home/deploy/bin/liftstream
providers=${PROVIDERS:-cuda tensorrt}
batches=${BATCHES:-1,2,4,8,16,32}
tolerance=${TOLERANCE:-0.001}
slots=${SLOTS:-1 2 4 8}
frames=${FRAMES:-1200}
searched=${LD_LIBRARY_PATH:-}
models=("$@")
[ ${#models[@]} -gt 0 ] || models=(liftstream-tiny)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

json() { # key, then text of standard input
    printf '{"%s": "%s"}\n' "$1" "$(tr '\n' ';' | sed 's/\\/\\\\/g; s/"/\\"/g; s/;*$//')"
}

if command -v nvidia-smi >/dev/null 2>&1; then
    nvidia-smi --query-gpu=index,name,memory.total,driver_version,compute_cap --format=csv,noheader | json devices
else
    echo "no nvidia-smi" | json devices
fi
for library in libcuda.so.1 libcudart.so.12 libcublasLt.so.12 libcublas.so.12 libcudnn.so.9 libcufft.so.11 libcurand.so.10 libnvinfer.so.10; do
    ldconfig -p 2>/dev/null | grep -q "$library" && found=yes || found="not known to ldconfig"
    for folder in ${searched//:/ }; do
        [ -e "$folder/$library" ] && found=yes
    done
    echo "$found" | json "$library"
done

failed=0
for provider in $providers; do
    for model in "${models[@]}"; do
        if ! "$liftstream" model check "$model" --provider "$provider" --batches "$batches" --tolerance "$tolerance" \
            >"$work/check" 2>"$work/errors"; then
            failed=1
            if [ ! -s "$work/check" ]; then
                json "$provider does not run $model" <"$work/errors"
                continue
            fi
            echo "see relative_l2: more than TOLERANCE=$tolerance; $(cat "$work/errors")" | json "$provider differs from the CPU with $model"
        fi
        cat "$work/check"
        for slot in $slots; do
            "$liftstream" bench --only c --rounds 1 --frames "$frames" --parallelism "$slot" \
                --java-options "-Xmx8g -XX:+UseParallelGC" --out "$work/bench.json" \
                --model.default "$model" --inference.provider "$provider" --batching.max-frames 16 \
                --result.depth-map none --result.depth-image raw \
                --lifting.return-point-cloud false --lifting.return-depth-image true \
                >/dev/null 2>"$work/errors" || { failed=1; json "$provider, $slot slots" <"$work/errors"; continue; }
            printf '{"provider": "%s", "slots": %s, "job": ' "$provider" "$slot"
            tr -d '\n' <"$work/bench.json"
            echo '}'
        done
    done
done
exit $failed
