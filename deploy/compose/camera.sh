#!/usr/bin/env bash
# A camera of deploy/compose.yaml: pictures that the demo renders, published again and again.
set -euo pipefail
camera=$1
demo=$(mktemp -d)
pictures=$(mktemp -d)
liftstream demo --headless --cameras 1 --frames 60 --out "$demo"
find "$demo" -name '*.jpg' -exec mv {} "$pictures" \;
while true; do
    liftstream publish "$pictures" --camera "$camera" --bootstrap-servers kafka:9092 --fps 5
done
