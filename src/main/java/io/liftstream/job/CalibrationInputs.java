package io.liftstream.job;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CalibrationRecord;
import org.apache.flink.api.connector.source.Source;

/**
 * Where calibrations come from.
 *
 * @param records of the topic, to tell of those that do not count
 * @param feed of the same topic, read by the operator that needs them
 */
public record CalibrationInputs(
        Source<CalibrationRecord, ?, ?> records, CalibrationFeed.Opener feed) {}
