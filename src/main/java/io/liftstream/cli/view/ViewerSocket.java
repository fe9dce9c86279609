package io.liftstream.cli.view;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * One viewer's connection. What it says is small; what it may not say is answered and has no
 * effect. One that neither takes nor sends anything for the idle time is disconnected.
 *
 * <p>Public because Jetty calls it by reflection.
 */
public abstract class ViewerSocket implements Session.Listener.AutoDemanding, NewestFrames.Viewer {
    private final Viewers viewers;
    private volatile Outbox outbox;

    ViewerSocket(Viewers viewers) {
        this.viewers = viewers;
    }

    @Override
    public final void onWebSocketOpen(Session session) {
        outbox = new Outbox(new JettyWire(session), viewers.encoder());
        if (viewers.join(this)) {
            opened();
        } else {
            session.close(
                    StatusCode.TRY_AGAIN_LATER,
                    "there are " + Viewers.MAX_VIEWERS + " viewers: close one of them",
                    Callback.NOOP);
        }
    }

    /** Greets the viewer, and sends what is there already. */
    abstract void opened();

    /** Sends numbers, where the viewer wants them. */
    abstract void tick();

    final NewestFrames frames() {
        return viewers.frames();
    }

    final Outbox outbox() {
        return outbox;
    }

    @Override
    public final void onWebSocketClose(int code, String reason, Callback callback) {
        gone();
        callback.succeed();
    }

    @Override
    public final void onWebSocketError(Throwable cause) {
        gone();
    }

    private void gone() {
        viewers.leave(this);
        if (outbox != null) {
            outbox.close();
        }
    }

    /** Sends through Jetty; what fails ends the connection. */
    private record JettyWire(Session session) implements Outbox.Wire {

        @Override
        public void text(String text, Runnable done) {
            session.sendText(text, callback(done));
        }

        @Override
        public void bytes(ByteBuffer bytes, Runnable done) {
            session.sendBinary(bytes, callback(done));
        }

        @Override
        public void ping(ByteBuffer nothing, Runnable done) {
            session.sendPing(nothing, callback(done));
        }

        @Override
        public void disconnect() {
            session.disconnect();
        }

        private Callback callback(Runnable done) {
            return Callback.from(done, failure -> session.disconnect());
        }
    }
}
