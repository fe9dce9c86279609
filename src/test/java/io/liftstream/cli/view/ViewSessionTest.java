package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ViewSessionTest {

    @Test
    void thisMachinesPageHasThePortOfTheViewCommandAndASecondOneAnother() throws IOException {
        Assumptions.assumeTrue(LoopbackPort.isFree(ViewSession.PORT), "port 8765 is in use");

        try (ViewSession first = ViewSession.ofThisMachine(new NothingToShow());
                ViewSession second = ViewSession.ofThisMachine(new NothingToShow())) {
            assertThat(first.pageAddress()).isEqualTo("http://127.0.0.1:8765/");
            assertThat(second.pageAddress())
                    .startsWith("http://127.0.0.1:")
                    .isNotEqualTo(first.pageAddress());
        }
    }

    @Test
    void aRecordingThatIsNotThereIsTheUsersToMend() {
        TypedCommand command = new TypedCommand();

        assertThat(command.run("view", "nowhere.mcap")).isEqualTo(2);
        assertThat(command.complaints())
                .contains("nowhere.mcap: there is no such recording")
                .doesNotContain("LIFTSTREAM_TRACE");
    }

    private static final class NothingToShow implements Feed {
        @Override
        public String description() {
            return "nothing";
        }

        @Override
        public void run(NewestFrames frames) {}

        @Override
        public void stop() {}

        @Override
        public void close() {}
    }
}
