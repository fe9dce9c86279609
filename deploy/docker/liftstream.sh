#!/bin/sh
# The commands of the launcher image, installed as /usr/local/bin/liftstream.
exec java -XX:MaxRAMPercentage=33 -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.lang=ALL-UNNAMED \
    --add-opens=java.base/java.nio=ALL-UNNAMED \
    -cp '/opt/liftstream/classes:/opt/liftstream/lib/*' io.liftstream.cli.Launcher "$@"
