package io.liftstream.model.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tensors of a file that no part of the network reads. They are a sign of another network (class
 * tokens in the head, batch norm, register tokens, LoRA factors), so a file that has any is refused
 * unless they are known to have no part in a prediction.
 */
final class UnreadTensors {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadTensors.class);
    private static final int MAX_NAMED = 6;

    // The mask stands for hidden patches and is used in training alone; the other counts the
    // updates of an average of weights.
    private static final Set<String> HARMLESS = Set.of("pretrained.mask_token", "n_averaged");

    private UnreadTensors() {}

    /**
     * Checks what is left over.
     *
     * @param all names of the file's tensors
     * @param read names of those that the network reads
     * @throws io.liftstream.frame.LiftingException naming the tensors where one is not harmless
     */
    static void check(Set<String> all, Set<String> read) {
        List<String> unread = new ArrayList<>(all);
        unread.removeAll(read);
        List<String> harmless = unread.stream().filter(HARMLESS::contains).toList();
        unread.removeAll(harmless);
        if (!unread.isEmpty()) {
            throw Refusal.of(
                    "what nothing reads",
                    named(unread),
                    ForeignNetwork.of(unread)
                            .orElse(
                                    "a network that uses them computes something else; leave them"
                                            + " out when saving if it does not"));
        }
        if (!harmless.isEmpty()) {
            LOG.info("Left out, of no effect on a prediction: {}", harmless);
        }
    }

    private static String named(List<String> names) {
        int more = names.size() - MAX_NAMED;
        String shown = String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())));
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
