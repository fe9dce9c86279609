package io.liftstream.kafka;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own, of a broker in this JVM; remembers what it has allowed. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Queue<Allowed> ALLOWED = new ConcurrentLinkedQueue<>();

    private record Allowed(String user, Action action) {}

    /** What a user was allowed to do so far, on all brokers of this JVM. */
    static List<Action> allowed(String user) {
        return ALLOWED.stream()
                .filter(allowed -> allowed.user().equals(user))
                .map(Allowed::action)
                .toList();
    }

    @Override
    public List<AuthorizationResult> authorize(
            AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        String user = context.principal().getName();
        for (int i = 0; i < actions.size(); i++) {
            if (results.get(i) == AuthorizationResult.ALLOWED) {
                ALLOWED.add(new Allowed(user, actions.get(i)));
            }
        }
        return results;
    }
}
