package io.liftstream.cluster;

import io.liftstream.cli.cluster.FlinkRest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rest.FileUpload;
import org.apache.flink.runtime.rest.RestClient;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobCancellationHeaders;
import org.apache.flink.runtime.rest.messages.JobCancellationMessageParameters;
import org.apache.flink.runtime.rest.util.RestConstants;
import org.apache.flink.runtime.webmonitor.handlers.JarRunHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarRunMessageParameters;
import org.apache.flink.runtime.webmonitor.handlers.JarRunRequestBody;
import org.apache.flink.runtime.webmonitor.handlers.JarUploadHeaders;
import org.apache.flink.util.concurrent.Executors;

/** Jobs submitted as the web UI does it: the job jar is uploaded once and run by the JobManager. */
final class RestSubmission implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 120;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final RestClient client;
    private final URI address;
    private final String jar;

    /** Uploads the jar. */
    RestSubmission(FlinkRest rest, Path jobJar) throws Exception {
        this.address = URI.create(rest.address());
        this.client = new RestClient(new Configuration(), Executors.directExecutor());
        this.jar =
                client.sendRequest(
                                this.address.getHost(),
                                this.address.getPort(),
                                JarUploadHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance(),
                                List.of(new FileUpload(jobJar, RestConstants.CONTENT_TYPE_JAR)))
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .getFilename();
    }

    /** Runs the jar's {@code main} in the JobManager; the job's id. */
    String submit(List<String> words) throws Exception {
        JarRunMessageParameters parameters =
                JarRunHeaders.getInstance().getUnresolvedMessageParameters();
        parameters.jarIdPathParameter.resolve(Path.of(jar).getFileName().toString());
        JobID job =
                client.sendRequest(
                                address.getHost(),
                                address.getPort(),
                                JarRunHeaders.getInstance(),
                                parameters,
                                new JarRunRequestBody(
                                        null, words, null, null, null, null, null, Map.of()))
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .getJobId();
        return job.toHexString();
    }

    /** Asks for the end of a job. */
    void cancel(String job) throws Exception {
        JobCancellationMessageParameters parameters =
                JobCancellationHeaders.getInstance()
                        .getUnresolvedMessageParameters()
                        .resolveJobId(JobID.fromHexString(job));
        client.sendRequest(
                        address.getHost(),
                        address.getPort(),
                        JobCancellationHeaders.getInstance(),
                        parameters,
                        EmptyRequestBody.getInstance())
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.shutdown(CLOSING);
    }
}
