package io.liftstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the contenders showed, for programs: every round, the ratios, the machine, the options. */
final class BenchFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private BenchFile() {}

    static byte[] of(Map<String, String> machine, List<String> commandLine, BenchResults results)
            throws IOException {
        Map<Contender, List<Measurement>> shown = results.rounds();
        ObjectNode root = JSON.createObjectNode();
        root.set("machine", JSON.valueToTree(machine));
        root.set("command_line", JSON.valueToTree(commandLine));
        ObjectNode contenders = root.putObject("contenders");
        shown.forEach(
                (contender, rounds) ->
                        contenders.set(
                                contender.name().toLowerCase(Locale.ROOT),
                                JSON.valueToTree(rounds)));
        ObjectNode ratios = root.putObject("job_over");
        put(ratios.putObject("frames_per_second"), shown, Measurement::framesPerSecond);
        put(ratios.putObject("cpu_millis"), shown, Measurement::cpuMillis);
        if (!results.latencies().isEmpty()) {
            ObjectNode latencies = root.putObject("latency");
            results.latencies()
                    .forEach(
                            (guarantee, latency) ->
                                    latencies.set(guarantee.toString(), JSON.valueToTree(latency)));
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void put(
            ObjectNode node,
            Map<Contender, List<Measurement>> shown,
            Function<Measurement, Double> number) {
        BenchReport.ratios(shown, number)
                .forEach(
                        (contender, ratio) ->
                                node.set(
                                        contender.name().toLowerCase(Locale.ROOT),
                                        JSON.valueToTree(ratio)));
    }
}
