#!/usr/bin/env bash
# Creates Liftstream's topics with the limits that the job needs. Topics that exist are left as they are.
set -euo pipefail

usage() {
    cat <<'END'
Usage: deploy/create-topics.sh --bootstrap-server HOST:PORT [options]

  --prefix NAME             topics NAME.frames, .depth, .rejected and .calibration (default: liftstream)
  --partitions N            of each topic but the last; a camera stays in one, so decide before the first frame (default: 6)
  --replication-factor N    copies of each partition (default: 3)
  --retention-hours N       how long frames and results are kept; bounds what can be replayed (default: 24)
  --command-config FILE     client properties of kafka-topics.sh, for SASL and TLS
  --help                    this text

KAFKA_TOPICS names the command to call (default: kafka-topics.sh on the PATH).

Example: deploy/create-topics.sh --bootstrap-server broker-1:9092 --partitions 12
END
}

fail() {
    echo "create-topics: $1" >&2
    exit 2
}

whole_number() {
    [[ $2 =~ ^[1-9][0-9]*$ ]] || fail "$1 is $2: it must be a whole number, at least 1"
}

bootstrap=
prefix=liftstream
partitions=6
replication=3
retention_hours=24
connection=()

while [ $# -gt 0 ]; do
    case $1 in
        --help) usage; exit 0 ;;
        --bootstrap-server | --prefix | --partitions | --replication-factor | --retention-hours | --command-config)
            [ $# -ge 2 ] || fail "$1 has no value"
            ;;
        *) fail "option $1 is not known: see --help" ;;
    esac
    case $1 in
        --bootstrap-server) bootstrap=$2 ;;
        --prefix) prefix=$2 ;;
        --partitions) partitions=$2 ;;
        --replication-factor) replication=$2 ;;
        --retention-hours) retention_hours=$2 ;;
        --command-config) connection=(--command-config "$2") ;;
    esac
    shift 2
done

[ -n "$bootstrap" ] || fail "--bootstrap-server is missing: name a broker, host:port"
whole_number --partitions "$partitions"
whole_number --replication-factor "$replication"
whole_number --retention-hours "$retention_hours"
kafka_topics=${KAFKA_TOPICS:-kafka-topics.sh}
command -v "$kafka_topics" >/dev/null 2>&1 || fail "$kafka_topics is not found: put Kafka's bin/ on the PATH or set KAFKA_TOPICS"

# Room for large pictures. Producers of such frames need max.request.size as well.
max_message_bytes=16777216
# result.max-bytes is 64 MiB by default, a picture of 1920 x 1080 with its whole cloud; the job refuses a depth topic
# below that plus 4 KiB of keys and headers.
max_result_bytes=71303168
retention_ms=$((retention_hours * 3600 * 1000))
# Rejections are small and are what one looks at after a bad weekend.
rejected_retention_ms=$((7 * 24 * 3600 * 1000))
# One copy may be missing without stopping the writers, where there are copies to spare.
in_sync=$((replication > 2 ? 2 : 1))

create() {
    local topic=$1 retention=$2 largest=$3 partitions=$4
    shift 4
    "$kafka_topics" --bootstrap-server "$bootstrap" ${connection[@]+"${connection[@]}"} \
        --create --if-not-exists --topic "$topic" \
        --partitions "$partitions" --replication-factor "$replication" \
        --config "max.message.bytes=$largest" \
        --config "min.insync.replicas=$in_sync" \
        --config "cleanup.policy=delete" \
        --config "retention.ms=$retention" \
        "$@"
}

# The broker's clock on every frame: it judges the cameras' clocks (BAD_CLOCK), the age of frames (SHED) and retention.
# Stored uncompressed, no record can unpack to more than max.message.bytes in the job's memory.
create "$prefix.frames" "$retention_ms" "$max_message_bytes" "$partitions" --config message.timestamp.type=LogAppendTime --config compression.type=uncompressed
create "$prefix.depth" "$retention_ms" "$max_result_bytes" "$partitions"
create "$prefix.rejected" "$rejected_retention_ms" "$max_message_bytes" "$partitions"
# One order, the broker's clock, and for ever: a replay must find what held. The job refuses others (topics.calibration).
create "$prefix.calibration" -1 "$max_message_bytes" 1 --config message.timestamp.type=LogAppendTime --config retention.bytes=-1
