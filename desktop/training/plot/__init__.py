"""The live plot of losses and accuracies, with its legend, its former runs and its export."""
