package io.liftstream.model.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who misspelt a name. */
public final class NearestName {
    private static final int MAX_EDITS = 4;
    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

    private NearestName() {}

    /**
     * {@return the known name with the fewest edits; empty where all have more than four, or than
     * half of the letters: any short word would be near}
     *
     * @param typed the name as it was given
     * @param known names in lower case
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        int maxEdits = Math.min(MAX_EDITS, word.length() / 2);
        return known.stream()
                .filter(name -> EDITS.apply(word, name) <= maxEdits)
                .min(Comparator.comparingInt(name -> EDITS.apply(word, name)));
    }
}
