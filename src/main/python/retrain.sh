#!/usr/bin/env bash
# Trains liftstream-tiny from nothing: scenes, two stages of training, ONNX, the accuracy table.
# Usage: src/main/python/retrain.sh WORK_DIRECTORY      (from the top of the checkout)
set -euo pipefail

work=${1:?"the directory for scenes and checkpoints"}
here=$(dirname "$0")
python=${PYTHON:-.venv/bin/python}
model=src/main/resources/io/liftstream/models/liftstream-tiny.onnx
mkdir -p "$work"

render() { # seed count size name [families]
    [ -e "$work/$4/family.npy" ] && return
    deploy/bin/liftstream scenes --seed "$1" --count "$2" --size "$3" --out "$work/$4.partial" ${5:+--families "$5"}
    mv "$work/$4.partial" "$work/$4"
}

# Seeds of training sets are below 1000, those of held-out sets above.
render 1 100000 128x96 train
render 2 16000 256x192 tune
render 1002 1000 256x192 held-out ROOM,OUTDOOR,CLUTTER,CORRIDOR,FURNITURE

# Memory that is freed and asked for again at every step stays with the process.
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000

stage() { # name scenes options...
    local name=$1 scenes=$2
    shift 2
    "$python" "$here/train.py" --scenes "$work/$scenes" --out "$work/$name.pt" "$@" | tee -a "$work/$name.log"
}

stage stage1 train --steps 12000 --batch 32 --rate 2e-3 --bfloat16
stage stage2 tune --start-from "$work/stage1.pt" --steps 3000 --batch 16 --rate 1.5e-3 --warm-up 50 --decay-from 0.1 --seed 2 \
    --relative 0.5 --bfloat16
"$python" "$here/export.py" --checkpoint "$work/stage2.pt" --out "$model"
"$python" "$here/evaluate.py" --model "$model" --scenes "$work/held-out" --training-scenes "$work/train"
"$python" "$here/picture.py" --model "$model" --scenes "$work/held-out" --out "${model%.onnx}.png"
