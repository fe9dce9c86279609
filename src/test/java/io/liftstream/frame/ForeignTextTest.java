package io.liftstream.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    private static final String TITLE = "\u001b]0;owned\u0007";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J",
                "a\rb",
                "a\nb",
                "\u0000",
                "\u007f",
                "\u009b31m",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u202etxt",
                "\u2066x",
                "\u200f",
                "\ud800"
            })
    void nothingThatATerminalWouldObeyIsLeft(String text) {
        String shown = ForeignText.printable("<" + text + ">");
        assertThat(shown).contains("?").hasLineCount(1).startsWith("<").endsWith(">");
        assertThat(shown.codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(character -> Character.getType(character) == Character.FORMAT);
        assertThat(shown).hasSameSizeAs("<" + text + ">");
    }

    @Test
    void lettersOfAllPeopleStay() {
        String text = "Tür-1 ворота 門 \ud83d\ude80 é";
        assertThat(ForeignText.printable(text)).isSameAs(text);
    }

    @Test
    void everyRefusalIsOneLineWhateverItsValue() {
        LiftingException refusal =
                new LiftingException(
                        RejectionReason.MODEL_NOT_ALLOWED,
                        "model",
                        TITLE + "\r\nx",
                        "must be tiny");
        assertThat(refusal).hasMessage("model is ?]0;owned???x: must be tiny");
        assertThat(refusal.named("--model").getMessage())
                .isEqualTo("--model is ?]0;owned???x: must be tiny");
        assertThat(CameraId.quoted(TITLE)).isEqualTo("\"?]0;owned?\"");
    }
}
