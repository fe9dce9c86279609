package io.liftstream.job;

import io.liftstream.frame.ForeignText;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration, said at once. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param problems one line each, at least one
     */
    public InvalidConfigurationException(List<String> problems) {
        super(
                problems.size()
                        + (problems.size() == 1 ? " problem" : " problems")
                        + " in the configuration:\n  "
                        + problems.stream()
                                .map(ForeignText::printable)
                                .collect(Collectors.joining("\n  ")));
        this.problems = List.copyOf(problems);
    }

    /** {@return the problems, one line each} */
    public List<String> problems() {
        return problems;
    }
}
