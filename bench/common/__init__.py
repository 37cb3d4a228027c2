"""How every measurement counts statements, rows and CPU, and how it prints and judges them."""
