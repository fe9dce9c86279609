package io.liftstream.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds what the JDK offers twice: with a locale, and without one for the machine's own. */
final class LocaleOverloads {
    private LocaleOverloads() {}

    /** {@return whether the same method or constructor can be called with a locale too} */
    static boolean has(CodeUnitCallTarget called) {
        Class<?> owner = called.getOwner().reflect();
        Executable[] candidates =
                called.getName().equals("<init>") ? owner.getConstructors() : owner.getMethods();
        List<String> given =
                called.getRawParameterTypes().stream().map(type -> type.getName()).toList();
        return Arrays.stream(candidates)
                .filter(
                        candidate ->
                                candidate.getName().equals(called.getName())
                                        || called.getName().equals("<init>"))
                .anyMatch(candidate -> given.equals(withoutLocale(candidate)));
    }

    /** The types of the other parameters; null where no locale is among them. */
    private static List<String> withoutLocale(Executable candidate) {
        List<Class<?>> types = new ArrayList<>(List.of(candidate.getParameterTypes()));
        return types.remove(Locale.class) ? types.stream().map(Class::getName).toList() : null;
    }
}
