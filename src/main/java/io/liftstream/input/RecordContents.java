package io.liftstream.input;

/** What a value holds that is no {@code CameraFrame}. */
interface RecordContents {

    /**
     * The image file in it.
     *
     * @throws io.liftstream.frame.LiftingException where there is none
     */
    byte[] image();

    /**
     * A field of it.
     *
     * @return text or number as text; null where it is absent
     * @throws io.liftstream.frame.LiftingException where it is neither
     */
    String field(String name);
}
