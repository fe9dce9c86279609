package io.liftstream.cli.job;

import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.job.JobSettings;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** Whether Flink's web UI can have the port that the user gave it. */
final class WebPort {
    private WebPort() {}

    /** {@return why it cannot, in one line; nothing for a port of Flink's own choice} */
    static List<String> problems(JobSettings settings) {
        String port = Configuration.fromMap(settings.flink()).get(RestOptions.BIND_PORT);
        boolean one = port.matches("[1-9][0-9]{0,4}");
        return !one || LoopbackPort.isFree(Integer.parseInt(port))
                ? List.of()
                : List.of(
                        "option flink.rest.port is "
                                + port
                                + ": another program listens there; choose a free port, or leave"
                                + " the option out");
    }
}
