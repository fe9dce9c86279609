package io.liftstream.cli.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A number that each round gave anew.
 *
 * @param median of the rounds; of an even number of them, the mean of the middle two
 * @param least of the rounds
 * @param largest of the rounds
 */
record Spread(double median, double least, double largest) {

    /** Of the rounds' numbers, at least one. */
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Of something that was measured in each round; null where it was not. */
    static Spread of(Collection<Measurement> rounds, Function<Measurement, Double> number) {
        double[] values =
                rounds.stream()
                        .map(number)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        return values.length == 0 ? null : of(values);
    }

    /** Of the ratios of two contenders' numbers, round by round: what disturbs one round, both. */
    static Spread ofRatios(
            List<Measurement> above,
            List<Measurement> below,
            Function<Measurement, Double> number) {
        return of(
                IntStream.range(0, Math.min(above.size(), below.size()))
                        .mapToDouble(i -> number.apply(above.get(i)) / number.apply(below.get(i)))
                        .toArray());
    }

    /** For tables: the median, and from where to where the rounds went. */
    String text(int decimals) {
        String form = "%." + decimals + "f";
        return String.format(
                Locale.ROOT, form + " (" + form + " to " + form + ")", median, least, largest);
    }
}
