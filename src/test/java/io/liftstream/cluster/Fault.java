package io.liftstream.cluster;

import java.io.IOException;
import java.time.Duration;

/** What may befall an installation. */
enum Fault {
    TASK_MANAGER_KILLED("a TaskManager killed", 0) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.killATaskManager();
        }
    },

    BOTH_TASK_MANAGERS_KILLED("both TaskManagers killed", 0) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.killAllTaskManagers();
        }
    },

    KILLED_DURING_RECOVERY("both killed, one again in the recovery", 6) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.killAllTaskManagers();
        }

        @Override
        void end(Installation installation) throws IOException {
            installation.killATaskManager();
        }
    },

    TASK_MANAGER_PAUSED("a TaskManager paused", 40) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.pauseATaskManager();
        }

        @Override
        void end(Installation installation) throws IOException {
            installation.resumeTheTaskManager();
        }
    },

    BROKER_KILLED("broker and a TaskManager killed", 3) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.broker().process().kill();
            installation.killATaskManager();
        }

        @Override
        void end(Installation installation) throws IOException {
            installation.startBroker();
        }
    },

    BROKER_PAUSED("broker paused", 15) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.broker().process().pause();
        }

        @Override
        void end(Installation installation) throws IOException {
            installation.broker().process().resume();
        }
    },

    CHECKPOINTS_UNWRITABLE("no checkpoint can be written, a TaskManager killed", 20) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.blockCheckpoints();
            installation.killATaskManager();
        }

        @Override
        void end(Installation installation) throws IOException {
            installation.unblockCheckpoints();
        }
    },

    JOB_MANAGER_KILLED("the leading JobManager killed", 0) {
        @Override
        void begin(Installation installation) throws IOException {
            installation.killTheLeadingJobManager();
        }
    };

    private final String words;
    private final Duration lasting;

    Fault(String words, int seconds) {
        this.words = words;
        this.lasting = Duration.ofSeconds(seconds);
    }

    abstract void begin(Installation installation) throws IOException;

    /** After it has lasted for its time. */
    void end(Installation installation) throws IOException {
        // What was killed has been started again at once, as by a supervisor.
    }

    Duration lasting() {
        return lasting;
    }

    @Override
    public String toString() {
        return words;
    }
}
