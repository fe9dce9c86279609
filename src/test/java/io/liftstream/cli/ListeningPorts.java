package io.liftstream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a process takes connections, as Linux's /proc has it. */
final class ListeningPorts {
    private static final String LISTENING = "0A";

    private ListeningPorts() {}

    /** Addresses with ports; of IPv6 an IPv4 address that it stands for, or "::" and the like. */
    static List<String> of(long process) throws IOException {
        Set<String> sockets = sockets(process);
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/net/" + table))) {
                String[] fields = line.strip().split(" +", -1);
                if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
                    addresses.add(address(fields[1]));
                }
            }
        }
        return addresses;
    }

    private static Set<String> sockets(long process) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process + "/fd"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    sockets.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        return sockets;
    }

    /** The last four bytes are those of IPv4, each word in the machine's order. */
    private static String address(String hex) {
        String[] parts = hex.split(":", 2);
        byte[] words = HexFormat.of().parseHex(parts[0]);
        boolean mapped = words.length == 4 || parts[0].startsWith("0000000000000000FFFF0000");
        int last =
                ByteBuffer.wrap(words, words.length - 4, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        String host =
                mapped
                        ? String.join(
                                ".",
                                Integer.toString(last >>> 24),
                                Integer.toString(last >>> 16 & 255),
                                Integer.toString(last >>> 8 & 255),
                                Integer.toString(last & 255))
                        : "[" + parts[0] + "]";
        return host + ":" + Integer.parseInt(parts[1], 16);
    }
}
