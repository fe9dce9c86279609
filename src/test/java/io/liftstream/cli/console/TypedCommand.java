package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Commands as a user types them, and what the last one said. */
public final class TypedCommand {
    /** No user knows a class. */
    private static final String CLASS_NAME =
            "\\b(?:java|javax|io|org|com)\\.(?:[a-z_][a-z0-9_]*\\.)+[A-Z]\\w*|\\w+Exception\\b";

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    /** Runs a command; its exit code. */
    public int run(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = Launcher.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(words);
        assertThat(complaints()).doesNotContainPattern(CLASS_NAME);
        return code;
    }

    /** What the last command wrote to standard output. */
    public String output() {
        return out.toString();
    }

    /** What the last command wrote to standard error. */
    public String complaints() {
        return err.toString();
    }
}
