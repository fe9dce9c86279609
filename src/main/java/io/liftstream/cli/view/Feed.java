package io.liftstream.cli.view;

/** Where frames come from; {@link #run} hands them to {@link NewestFrames}. */
interface Feed extends AutoCloseable {

    /** What is shown, for people. */
    String description();

    /**
     * Hands over frames until there are no more, or {@link #stop}.
     *
     * @throws Exception what ends it otherwise
     */
    void run(NewestFrames frames) throws Exception;

    /** Makes {@link #run} return soon. From any thread. */
    void stop();

    @Override
    void close();
}
