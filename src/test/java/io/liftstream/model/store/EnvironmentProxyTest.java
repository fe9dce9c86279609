package io.liftstream.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxyTest {
    @Test
    void isAbsentWithoutTheVariable() {
        assertThat(EnvironmentProxy.of(Map.of())).isEmpty();
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", ""))).isEmpty();
    }

    @Test
    void readsBothSpellingsWithAndWithoutScheme() {
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", "http://proxy.example:8080/")))
                .contains(new EnvironmentProxy("proxy.example", 8080, List.of()));
        assertThat(EnvironmentProxy.of(Map.of("https_proxy", "proxy.example")))
                .contains(new EnvironmentProxy("proxy.example", 3128, List.of()));
    }

    @Test
    void goesAroundForTheListedHosts() {
        EnvironmentProxy proxy =
                EnvironmentProxy.of(
                                Map.of(
                                        "HTTPS_PROXY",
                                        "proxy.example:1",
                                        "NO_PROXY",
                                        "localhost, .inner.example"))
                        .orElseThrow();
        assertThat(proxy.to("localhost")).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy.to("a.Inner.example")).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy.to("inner.example")).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy.to("notinner.example").type()).isEqualTo(Proxy.Type.HTTP);
    }

    @Test
    void goesAroundForAllWithAStar() {
        EnvironmentProxy proxy = new EnvironmentProxy("proxy.example", 1, List.of("*"));
        assertThat(proxy.to("anything.example")).isEqualTo(Proxy.NO_PROXY);
    }
}
