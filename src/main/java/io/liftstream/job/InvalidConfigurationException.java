package io.liftstream.job;

import io.liftstream.frame.ForeignText;
import java.util.List;

/** Everything that is wrong with a configuration, said at once. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param problems one line each, at least one
     */
    public InvalidConfigurationException(List<String> problems) {
        super(text(problems.stream().map(ForeignText::printable).toList()));
        this.problems = List.copyOf(problems);
    }

    /** One is a line by itself; more have their number above them. */
    private static String text(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : problems.size() + " problems:\n  " + String.join("\n  ", problems);
    }

    /** {@return the problems, one line each} */
    public List<String> problems() {
        return problems;
    }
}
