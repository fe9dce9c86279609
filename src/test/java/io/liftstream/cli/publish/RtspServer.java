package io.liftstream.cli.publish;

import io.liftstream.cli.process.LoopbackPort;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * As much of an RTSP camera as a client needs: one video, RTP over the RTSP connection, which ends
 * after the last frame. Each connection's frames begin ten seconds after those of the one before.
 */
final class RtspServer implements AutoCloseable {
    static final int TICKS = 90_000;
    static final int FRAME_TICKS = 9_000;

    private static final int SSRC = 0x1234;
    private static final int FIRST_TICK = 777_000;
    private static final long NTP_SECONDS_AT_1970 = 2_208_988_800L;

    private final ServerSocket socket = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final String media;
    private final int payloadType;
    private final List<List<byte[]>> frames;
    private final Instant firstTime;
    private int connections;

    /**
     * @param media lines of the session's description
     * @param payloadType of the packets
     * @param frames each a list of RTP payloads
     * @param firstTime of the first frame by the camera's clock; null where it sends no reports
     */
    RtspServer(String media, int payloadType, List<List<byte[]>> frames, Instant firstTime)
            throws IOException {
        this.media = media;
        this.payloadType = payloadType;
        this.frames = frames;
        this.firstTime = firstTime;
        Thread thread = new Thread(this::serve, "rtsp-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "rtsp://user:secret@127.0.0.1:" + socket.getLocalPort() + "/stream";
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answer(client);
            } catch (IOException e) {
                // The client went, or the test has ended.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        for (String request = in.readLine(); request != null; request = in.readLine()) {
            String sequence = "0";
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                sequence = line.startsWith("CSeq: ") ? line.substring(6) : sequence;
            }
            String method = request.substring(0, request.indexOf(' '));
            reply(out, method, sequence);
            if (method.equals("PLAY")) {
                play(out);
                return;
            }
        }
    }

    private void reply(DataOutputStream out, String method, String sequence) throws IOException {
        String body = method.equals("DESCRIBE") ? "v=0\r\ns=camera\r\nt=0 0\r\n" + media : "";
        String headers =
                switch (method) {
                    case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY\r\n";
                    case "DESCRIBE" -> "Content-Type: application/sdp\r\n";
                    default -> "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
                };
        out.write(
                ("RTSP/1.0 200 OK\r\nCSeq: "
                                + sequence
                                + "\r\n"
                                + headers
                                + "Content-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void play(DataOutputStream out) throws IOException {
        if (firstTime != null) {
            send(out, 1, report(firstTime.plusSeconds(10L * connections)));
        }
        connections++;
        int sequence = 1;
        for (int frame = 0; frame < frames.size(); frame++) {
            List<byte[]> payloads = frames.get(frame);
            for (int part = 0; part < payloads.size(); part++) {
                boolean last = part == payloads.size() - 1;
                int tick = FIRST_TICK + frame * FRAME_TICKS;
                send(out, 0, packet(payloads.get(part), sequence++, tick, last));
            }
        }
    }

    private byte[] packet(byte[] payload, int sequence, int tick, boolean last) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) ((last ? 0x80 : 0) + payloadType))
                .putShort((short) sequence)
                .putInt(tick)
                .putInt(SSRC)
                .put(payload)
                .array();
    }

    private static byte[] report(Instant time) {
        long fraction = ((long) time.getNano() << 32) / 1_000_000_000L;
        return ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .putInt(SSRC)
                .putInt((int) (time.getEpochSecond() + NTP_SECONDS_AT_1970))
                .putInt((int) fraction)
                .putInt(FIRST_TICK)
                .array();
    }

    private static void send(DataOutputStream out, int channel, byte[] packet) throws IOException {
        out.writeByte('$');
        out.writeByte(channel);
        out.writeShort(packet.length);
        out.write(packet);
        out.flush();
    }

    /**
     * Returns when nobody is let in any more: a thread that accepts keeps the port for a moment.
     */
    @Override
    public void close() throws IOException {
        socket.close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!LoopbackPort.isFree(socket.getLocalPort()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
