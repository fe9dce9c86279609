package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DeviceLeasesTest {
    private static final List<Integer> DEVICES = List.of(2, 0, 1, 3);

    private final Properties process = new Properties();
    private final List<DeviceLeases.Lease> taken = new ArrayList<>();

    @Test
    void noDeviceIsSharedWhileAnotherIdles() {
        assertThat(List.of(take(), take(), take(), take())).containsExactly(0, 1, 2, 3);
        assertThat(take()).isZero();
    }

    @Test
    void aDeviceThatWasGivenBackIsTheNext() {
        take();
        take();
        take();
        taken.get(1).close();
        taken.get(1).close();
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(3);
        assertThat(take()).isZero();
    }

    @Test
    void jobsOfOneProcessShareTheCount() {
        DeviceLeases another = new DeviceLeases(process);
        take();
        assertThat(another.take(DEVICES).device()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
    }

    private int take() {
        taken.add(new DeviceLeases(process).take(DEVICES));
        return taken.get(taken.size() - 1).device();
    }
}
