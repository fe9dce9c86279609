package io.liftstream.model.checkpoint;

import java.util.Set;

/**
 * A value that training programs keep beside the weights (a best score of NumPy's, the program's
 * arguments, paths, dates). It is passed over: nothing is built of it, nothing is called, and what
 * the pickle puts into it is dropped. The list is exact, as {@link TorchGlobals}'.
 *
 * @param global what would have made it in Python
 */
record Unbuilt(String global) {
    /** Stands for bytes, which are dropped. */
    static final Unbuilt BYTES = new Unbuilt("builtins.bytes");

    /** Stands for every set, whose items are dropped. */
    static final Unbuilt SET = new Unbuilt("builtins.set");

    private static final Set<String> BUILTINS =
            Set.of(
                    "bool",
                    "bytearray",
                    "bytes",
                    "complex",
                    "dict",
                    "float",
                    "frozenset",
                    "int",
                    "list",
                    "object",
                    "range",
                    "set",
                    "slice",
                    "str",
                    "tuple");

    private static final Set<String> KNOWN =
            Set.of(
                    "_codecs.encode",
                    "addict.addict.Dict",
                    "argparse.Namespace",
                    "collections.Counter",
                    "collections.deque",
                    "copy_reg._reconstructor",
                    "copyreg._reconstructor",
                    "datetime.date",
                    "datetime.datetime",
                    "datetime.timedelta",
                    "datetime.timezone",
                    "decimal.Decimal",
                    "easydict.EasyDict",
                    "lightning.fabric.utilities.data.AttributeDict",
                    "lightning.pytorch.utilities.parsing.AttributeDict",
                    "lightning_fabric.utilities.data.AttributeDict",
                    "mmengine.config.config.ConfigDict",
                    "numpy._core.multiarray._reconstruct",
                    "numpy._core.multiarray.scalar",
                    "numpy._core.numeric._frombuffer",
                    "numpy.core.multiarray._reconstruct",
                    "numpy.core.multiarray.scalar",
                    "numpy.core.numeric._frombuffer",
                    "numpy.dtype",
                    "numpy.ndarray",
                    "omegaconf.base.ContainerMetadata",
                    "omegaconf.base.Metadata",
                    "omegaconf.dictconfig.DictConfig",
                    "omegaconf.listconfig.ListConfig",
                    "omegaconf.nodes.AnyNode",
                    "omegaconf.nodes.BooleanNode",
                    "omegaconf.nodes.FloatNode",
                    "omegaconf.nodes.IntegerNode",
                    "omegaconf.nodes.StringNode",
                    "pathlib.PosixPath",
                    "pathlib.PurePosixPath",
                    "pathlib.PureWindowsPath",
                    "pathlib.WindowsPath",
                    "pathlib._local.PosixPath",
                    "pathlib._local.WindowsPath",
                    "pytorch_lightning.utilities.parsing.AttributeDict",
                    "torch.Size",
                    "torch.bfloat16",
                    "torch.device",
                    "torch.float16",
                    "torch.float32",
                    "torch.float64",
                    "torch.torch_version.TorchVersion",
                    "types.SimpleNamespace",
                    "typing.Any",
                    "uuid.UUID",
                    "yacs.config.CfgNode");

    /** Whether a name of module and class or function is passed over. */
    static boolean isKnown(String global) {
        for (String module : new String[] {"builtins.", "__builtin__."}) {
            if (global.startsWith(module)) {
                return BUILTINS.contains(global.substring(module.length()));
            }
        }
        return KNOWN.contains(global);
    }
}
