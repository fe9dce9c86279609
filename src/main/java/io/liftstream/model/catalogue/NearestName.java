package io.liftstream.model.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who misspelt a name. */
public final class NearestName {
    private static final int MAX_EDITS = 3;
    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

    private NearestName() {}

    /**
     * {@return the known name with the fewest edits; empty where all have more than three}
     *
     * @param typed the name as it was given
     * @param known names in lower case
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> EDITS.apply(word, name) <= MAX_EDITS)
                .min(Comparator.comparingInt(name -> EDITS.apply(word, name)));
    }
}
