package io.liftstream.cli.job;

import io.liftstream.cli.console.DownloadDisplay;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobPreflight;
import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.stream.EstimateDepth;
import io.liftstream.stream.EstimateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is checked before a job starts in this process: all that the job checks, and its models. */
public final class LocalPreflight {
    private LocalPreflight() {}

    /**
     * Refuses a job that could not run. Opens the models once: a task that cannot would be started
     * again and again.
     *
     * @param settings of the job
     * @return what computes its model
     * @throws InvalidConfigurationException with every problem found
     */
    public static ExecutionProvider require(JobSettings settings) {
        List<String> problems = new ArrayList<>();
        ExecutionProvider provider = tryModels(settings, problems);
        requireTheRest(settings, problems);
        return provider;
    }

    /**
     * Refuses a job whose models cannot be opened: what {@link #require} checks without a broker.
     * The native libraries are loaded afterwards.
     *
     * @param settings of the job
     * @throws InvalidConfigurationException with what is wrong with them
     */
    public static void requireModels(JobSettings settings) {
        List<String> problems = new ArrayList<>();
        tryModels(settings, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /**
     * {@return why a job could not run, one line each} Opens the models as {@link #require} does.
     *
     * @param settings of the job
     */
    public static List<String> problems(JobSettings settings) {
        List<String> problems = new ArrayList<>();
        tryModels(settings, problems);
        problems.addAll(theRest(settings));
        return problems;
    }

    /** What computes the models; null where they cannot be opened, which becomes a problem. */
    private static ExecutionProvider tryModels(JobSettings settings, List<String> problems) {
        problems.addAll(missingModelFile(settings));
        if (problems.isEmpty()) {
            EstimateSettings estimate = settings.topology().estimate();
            try {
                return EstimateDepth.tryModels(
                        estimate, ModelStore.openDefault(DownloadDisplay::watch));
            } catch (LiftingException e) {
                problems.add(asTyped(e, estimate));
            }
        }
        return null;
    }

    /** By the option that names the model, or, where it cannot run, what runs it. */
    private static String asTyped(LiftingException e, EstimateSettings estimate) {
        if (e.field().equals("provider")) {
            return e.named("option inference.provider").getMessage();
        }
        if (!estimate.allowedModels().isEmpty()) {
            return "option model.default or models.allowed: " + e.getMessage();
        }
        return e instanceof ModelException model && model.isOfTheModel()
                ? e.ofOption("option model.default", estimate.defaultModel()).getMessage()
                : "option model.default is " + estimate.defaultModel() + ": " + e.getMessage();
    }

    /**
     * As {@link #require}, without opening the models, which may have to be downloaded.
     *
     * @param settings of the job
     * @throws InvalidConfigurationException with every problem found
     */
    public static void rehearse(JobSettings settings) {
        requireTheRest(settings, new ArrayList<>(missingModelFile(settings)));
    }

    private static void requireTheRest(JobSettings settings, List<String> problems) {
        problems.addAll(theRest(settings));
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static List<String> theRest(JobSettings settings) {
        List<String> problems = new ArrayList<>(CheckpointFolder.problems(settings));
        problems.addAll(WebPort.problems(settings));
        problems.addAll(LocalSlots.problems(settings));
        problems.addAll(JobPreflight.problems(LiftstreamJob.environment(settings), settings));
        return problems;
    }

    /** On a cluster the file is the task managers' to have; here it is this machine's. */
    private static List<String> missingModelFile(JobSettings settings) {
        String model = settings.topology().estimate().defaultModel();
        boolean named = model.contains("/") && !model.contains("://");
        return named && !Files.isRegularFile(Path.of(model))
                ? List.of("option model.default is " + model + ": there is no such file")
                : List.of();
    }
}
