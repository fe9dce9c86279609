package io.liftstream.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which GPUs the slots of a process use, so that none is shared while another idles. Counted in the
 * process's system properties: each job has its classes from a class loader of its own, and they
 * share nothing else.
 */
public final class DeviceLeases {
    private final Properties properties;

    /**
     * Leases that are counted in given properties.
     *
     * @param properties {@link System#getProperties()} for those of this process
     */
    public DeviceLeases(Properties properties) {
        this.properties = properties;
    }

    /**
     * Takes the device that the fewest leases are on; of several the one of the lowest index.
     *
     * @param devices indexes of GPUs, at least one
     * @return the lease, which the caller closes
     */
    public Lease take(Collection<Integer> devices) {
        synchronized (properties) {
            int device =
                    devices.stream()
                            .min(
                                    Comparator.<Integer>comparingInt(this::leases)
                                            .thenComparing(Comparator.naturalOrder()))
                            .orElseThrow();
            change(device, 1);
            return new Lease(device);
        }
    }

    private int leases(int device) {
        return Integer.parseInt(properties.getProperty(key(device), "0"));
    }

    private void change(int device, int by) {
        properties.setProperty(key(device), Integer.toString(leases(device) + by));
    }

    private static String key(int device) {
        return "liftstream.gpu." + device + ".slots";
    }

    /** The use of a device. */
    public final class Lease implements AutoCloseable {
        private final int device;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(int device) {
            this.device = device;
        }

        /** {@return the index of the GPU} */
        public int device() {
            return device;
        }

        /** Gives the device back; further calls do nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                synchronized (properties) {
                    change(device, -1);
                }
            }
        }
    }
}
