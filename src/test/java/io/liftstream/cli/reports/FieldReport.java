package io.liftstream.cli.reports;

/**
 * A situation from a public bug report: files of our own making, what a user types, and what must
 * come of it.
 *
 * @param name the situation
 * @param check makes the files, types the commands, and compares
 */
record FieldReport(String name, Check check) {

    /** What is done at a desk of its own. */
    @FunctionalInterface
    interface Check {
        void at(ReportDesk desk) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
